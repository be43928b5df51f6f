/* colour.h - colours as numbers, and shades of them that can be read: contrast as WCAG 2.1 counts it.
 *
 * A municipality chooses one colour; what is drawn with it are shades that keep the contrast the law
 * asks for, whatever was chosen.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"

/* "#1e4d7b" or "1E4D7B" -> 0x1e4d7b; false for anything else, and *ret is untouched. */
bool colour_parse(const char *text, uint32_t *ret);
#define COLOUR_TEXT 8
const char *colour_text(uint32_t colour, char buf[COLOUR_TEXT]); /* "#1e4d7b"; returns buf */

/* 1-21. Source: WCAG 2.1, "contrast ratio" and "relative luminance". */
double colour_contrast(uint32_t a, uint32_t b);
/* 0 white or black, whichever reads best on it: at least 4.5:1 on every colour. */
uint32_t colour_ink_on(uint32_t ground);
/**
 * The nearest shade of the colour's own hue that has contrast `least` (1-21) against `ground`:
 * darkened on a light ground, lightened on a dark one. Black or white when nothing else does.
 */
uint32_t colour_against(uint32_t colour, uint32_t ground, double least);
/* The colour with `share` (0-1) of another in it. */
uint32_t colour_mix(uint32_t colour, uint32_t other, double share);

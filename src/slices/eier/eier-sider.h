/* eier-sider.h - the pages of an owner's settings, and its colour as a stylesheet.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "eier.h"

bool eier_send_colour(Req *req, GError **error);
bool eier_show_settings(Req *req, GError **error);
bool eier_show_setup(Req *req, GError **error);
bool eier_post_setup(Req *req, GError **error);

typedef struct {
    const char *label;
    Url url;
} SettingLink;
typedef struct {
    SettingLink *v;
    size_t n;
} SettingLinks;
typedef struct {
    const char *heading;
    SettingLinks links;
} SettingGroup;
typedef struct {
    SettingGroup *v;
    size_t n;
} SettingGroups;

/* How a colour comes out, with its shades; drawn as SVG, since no style may stand in a page. */
typedef struct {
    const char *chosen, *ink, *light, *dark, *contrast;
} Swatch;

typedef struct {
    const Form *form;
    Url action;
    bool coloured;
    Swatch swatch; /* when coloured */
} SetupView;

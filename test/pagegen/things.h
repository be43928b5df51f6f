/* things.h - what the pages of the page compiler's tests are about.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "html.h"

typedef enum { PLANNED, STARTED, DONE } State;

typedef struct {
    int64_t id;
    const char *walked_on, *class, *focus, *observer;
} WalkListRow;

typedef struct {
    WalkListRow *v;
    size_t n;
} WalkListRows;

typedef struct {
    const char **v;
    int n;
} Names;

typedef struct {
    const char *name, *missing, *empty;
    char code[8];
    int pupils, none;
    unsigned groups;
    int64_t id;
    size_t rooms;
    double share;
    bool open;
    State state;
    Url home;
    Names names;
    const WalkListRows *walks;
    struct {
        const char *street;
    } address;
    struct State2 *unknown;
} School;

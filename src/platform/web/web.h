/* web.h - what a slice sees of the web: routes, requests, replies, and the slice's own table.
 *
 * One request goes one way: limits, route, session and permission, CSRF, handler, page, reply. A
 * handler runs on a worker thread, gets everything through Req, and holds nothing afterwards.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "app.h"
#include "arena.h"
#include "db.h"
#include "form.h"
#include "html.h"
#include "i18n.h"
#include "job.h"

/* --- permissions: one enum for the program, from src/app/permissions.def --- */
typedef enum {
    PERM_NONE,   /* refused at start-up: a route must say something */
    PERM_PUBLIC, /* anyone, signed in or not */
    PERM_USER,   /* anyone who is signed in */
#define PERM(name, label, row) PERM_##name,
#include "permissions.def"
#undef PERM
    N_PERM
} Perm;

typedef struct {
    const char *name;  /* "REPORT_WRITE" */
    const char *label; /* msgid: what it lets one do */
    const char *row;   /* "tr_skisse:U": resource and action, a cell of domain.md 7.2 */
} PermInfo;
const PermInfo *perm_info(Perm perm);

/* --- who asks --- */
typedef struct {
    int64_t owner;    /* tenant; 0 for an administrator of the installation */
    int64_t id;       /* person; > 0 */
    int64_t position; /* the role tuple that is active */
    int64_t unit;     /* scope of the active role: a unit, or 0 for the whole owner */
    const char *name;
    const char *role; /* "FS", "RK"...: domain.md 7.1 */
    uint64_t perms[(N_PERM + 63) / 64];
    uint64_t unit_only[(N_PERM + 63) / 64]; /* permissions held for `unit` alone */
} User;

typedef struct {
    const char *name;     /* of the form field */
    const char *filename; /* as sent, base name only, UTF-8; "" when none */
    const char *data;     /* NUL after the last byte, for convenience */
    size_t size;
} Upload;

typedef struct Req Req;
struct Req {
    Db *db;
    Arena *arena;
    const User *user;   /* NULL when nobody is signed in */
    int64_t owner;      /* the signed-in user's, or the host name's; 0 when neither */
    const char *method; /* "GET", "POST" */
    const char *path;   /* decoded, without the query */
    const char *csrf;   /* token for this session, or for this visitor before sign-in */
    const char *today;  /* "YYYY-MM-DD" by the owner's clock (demo date), else the server's */
    int64_t now;        /* microseconds UTC, the server's clock */
    Lang lang;
    struct ReqState *state; /* platform's own */
};

bool req_may(const Req *req, Perm perm); /* on at least some scope */
/* On this unit; a role for the whole owner holds on all its units. */
bool req_may_unit(const Req *req, Perm perm, int64_t unit);
/* Whether following a link to a path of ours would not be refused for its route's permission: a visitor
 * is asked to sign in, so only who is signed in can be refused. `path` may have a query and a fragment. */
bool req_may_follow(const Req *req, const char *path);

/* --- reading --- */
const char *req_param(Req *req, const char *name);  /* {name} of the route's path; never NULL */
int64_t req_id(Req *req, const char *name);         /* the same as an id; 0 when it is none */
const char *req_query(Req *req, const char *name);  /* of the address, decoded; NULL when absent */
const char *req_posted(Req *req, const char *name); /* of the body, decoded; NULL when absent */
/* All values of a repeated body field, NULL-terminated, in the arena. */
const char *const *req_posted_all(Req *req, const char *name);
const Upload *req_upload(Req *req, const char *name, size_t index); /* NULL past the last */
/* The whole body as sent, NUL-terminated; for JSON. "" when there is none. */
const char *req_body(Req *req, size_t *ret_size);
/* A request header by name in any case; NULL when absent. */
const char *req_header_in(Req *req, const char *name);
/* The real client's address, numeric; for rate limits and audit. */
const char *req_client(Req *req);

/* --- answering; each returns true so that a handler can end with `return req_...` --- */
/* Opens the layout; the platform closes it. */
Html *req_page(Req *req, int status, const char *title);
/* The page is about this owner: its name and colour stand on it, unless the asker has an owner by
 * role or host name. Before req_page. An owner that is not known changes nothing. Errors: APP_ERROR_DB. */
bool req_about(Req *req, int64_t owner, GError **error);
bool req_redirect(Req *req, const char *to); /* 303, `to` a path of ours */
/* The same, with a message shown once, on the next page. */
bool req_redirect_saying(Req *req, const char *to, const char *message);
bool req_send(Req *req, int status, const char *type, const char *data, size_t size); /* copied */
bool req_header(Req *req, const char *name, const char *value); /* extra header; both ASCII */
bool req_download(Req *req, const char *type, const char *filename, const char *data, size_t size);
/* Fails with APP_ERROR_NOT_FOUND: also for what exists but whose existence is private. */
bool req_not_found(Req *req, GError **error);
/* Let the reply be cached by its content: sets ETag, and answers 304 when it matches. Public pages. */
void req_cacheable(Req *req);
/* The session cookie: `token` is 16-128 characters of [A-Za-z0-9_-]. Both go with any reply. */
void req_sign_in(Req *req, const char *token);
void req_sign_out(Req *req);
/* The token sent with this request, well formed; NULL when none. */
const char *req_session(Req *req);
void req_language(Req *req, Lang lang); /* remember this language in the browser */
/* "/hjem?x=1" when `path` is a path of ours that may be returned to, else `fallback`. */
const char *req_back(Req *req, const char *path, const char *fallback);
/* The current page's address is recorded for "back after sign-in" by the platform itself. */

/* --- the audit log (slice revisjon) --- */

/* One line of it. Everything that changes leaves one by itself, in the transaction of the change; the
 * handler says beforehand what it is about. */
typedef struct {
    int64_t owner;      /* 0: of the installation */
    int64_t at;         /* microseconds UTC */
    int64_t person;     /* who; 0: nobody signed in, the clock or the command line */
    const char *role;   /* code of the active role; "" */
    const char *act;    /* "rapport.vedtak", "innlogging.feil", "eksport.pdf", "innsyn.person" */
    int64_t object;     /* what; 0: nothing one can name */
    int64_t subject;    /* the person it is about; 0: none */
    const char *detail; /* in words, at most 400 characters; never a secret, never content; "" */
    const char *client; /* numeric address; "" */
    bool reading;       /* the same by the same person within ten minutes leaves one line */
} AuditNote;

/**
 * Say what this request changes, before it does. The last word counts.
 *   act  NULL: the method and route tell.    detail  NULL: none. Both are copied.
 */
void req_note(Req *req, const char *act, int64_t object, int64_t subject, const char *detail);
/**
 * Write down a reading: personal data of `subject` is shown, or something is exported. A line of its
 * own, on disk when this returns; also for a GET. The same reading twice within ten minutes by the
 * same person leaves one line.
 */
bool req_note_read(Req *req, const char *act, int64_t object, int64_t subject, const char *detail,
                   GError **error);

/* --- addresses --- */
/* format uses only %s (percent-encoded) and %I (id_text of an int64_t): url_for(a, "/enheter/%I", id) */
Url url_for(Arena *arena, const char *format, ...);
/* Adds ?name=value, encoded. */
Url url_with(Arena *arena, Url url, const char *name, const char *value);
/* http, https, mailto or a path of ours; else "#". */
Url url_checked(Arena *arena, const char *text);
Url url_static(const char *name); /* "app.css" -> "/static/app.<hash>.css" */

/* What makes a path of ours an absolute address: "https://host" of the setting base_url; "" when it is not
 * set, for a Host header is only what somebody sent. Lives as long as the server. */
const char *req_base(const Req *req);

/* --- a slice --- */
typedef bool (*Handler)(Req *req, GError **error);
typedef struct {
    const char *method, *path; /* "/enheter/{id}" */
    Perm perm;
    Handler handler;
} Route;
typedef struct {
    const char *label; /* msgid */
    const char *path;
    Perm perm;
    int order; /* ascending in the menu; on /innstillinger it says the group as well */
} MenuItem;

/* One line of "what waits for me" on the home page. */
typedef struct {
    const char *text; /* translated, in the request's arena */
    Url url;
    const char *due; /* "YYYY-MM-DD" or NULL */
} Task;
typedef bool (*TaskList)(Req *req, GArray *tasks, GError **error); /* appends Task */

/* One line of "new since you last looked" on the home page: what others have done, and the asker may see. */
typedef struct {
    const char *text; /* translated, in the request's arena */
    Url url;
    int64_t at; /* microseconds UTC; the newest when it stands for several */
} News;
/* Appends News of what happened after `since` (microseconds UTC). In few queries: the page is opened often. */
typedef bool (*NewsList)(Req *req, int64_t since, GArray *news, GError **error);

/* A slice's part of the page of one unit, written straight into it. */
typedef bool (*UnitPanel)(Req *req, int64_t owner, int64_t unit, Html *html, GError **error);

/* The same of the page of one person or one position, or (id 0) of a day: as it stood on `day`,
 * "YYYY-MM-DD". The page has checked that the asker may see it. */
typedef bool (*DayPanel)(Req *req, int64_t id, const char *day, Html *html, GError **error);

/* What is deleted when (domain.md 8.6); a page and a command run it, dry or in earnest. */
typedef struct {
    const char *code;  /* "sesjon": names the owner's setting of the days */
    const char *what;  /* msgid: "Sessions that have ended" */
    const char *basis; /* msgid: why so long */
    int days;          /* kept so long by default */
    int least;         /* an owner may not choose fewer */
    /* Delete what is older than `before` (microseconds UTC) and count it; dry: count alone. */
    bool (*run)(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n, GError **error);
} Retention;

/* Everything the slice keeps about one person, for their own eyes: one member of a JSON object. */
typedef struct json_t json_t; /* jansson's */
typedef bool (*PersonData)(Db *db, Arena *arena, int64_t owner, int64_t person, json_t *into,
                           GError **error);

/* Whether what the slice has sealed still is what it was: hashes, chains. Appends a line of text for
 * each thing wrong, in the arena; ret_n: how many things were looked at. */
typedef bool (*SealCheck)(Db *db, Arena *arena, int64_t owner, GPtrArray *wrong, int64_t *ret_n,
                          GError **error);

/* One thing that can be searched for (slice sok). Nothing goes in that the page it leads to would not
 * show to everyone its gate is open to. */
typedef struct {
    const char *kind;     /* "kapittel"; sok's table words it */
    int64_t object;       /* with kind and part: this one and no other of the owner */
    const char *part;     /* NULL: none */
    const char *language; /* "nb": shown to readers of it alone; NULL: to all */
    Perm gate;            /* the permission that opens it */
    int64_t unit;         /* open too where the permission is held for this unit alone; 0: none */
    const char *title;    /* plain text, 1-300 characters */
    const char *body;     /* plain text; NULL: none */
    const char *path;     /* of ours, where it leads */
    const char *at;       /* "YYYY-MM-DD"; NULL */
} SearchDoc;
typedef bool (*SearchPut)(void *sink, const SearchDoc *doc, GError **error);
/* Puts everything of an owner's (0: of the installation) that can be found. */
typedef bool (*SearchFill)(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink,
                           GError **error);

/* One thing that rests on the figures of a dataset, for whoever thinks of undoing its import. */
typedef struct {
    const char *name; /* translated: "Tilstandsrapport 2012/13, version 2" */
    Url url;
    const char
        *after; /* translated: what becomes of it when the import is undone, or brought back */
} DatasetUse;
/* Appends DatasetUse of the asker's owner. file: the dataset's name, without folder. */
typedef bool (*DatasetUses)(Req *req, const char *file, GArray *uses, GError **error);

/* What is lacking before a report's case goes to the body of a step (1-6): told to whoever sends it, and
 * stops nothing. Appends const char *, translated, in the request's arena. */
typedef bool (*CaseLacks)(Req *req, int64_t report, int step, GPtrArray *lacks, GError **error);

typedef struct Slice {
    const char *name;
    const Route *routes;        /* ends with { 0 } */
    const MenuItem *menu;       /* ends with { 0 }; may be NULL */
    const MenuItem *settings;   /* pages listed at /innstillinger; ends with { 0 }; may be NULL */
    TaskList tasks;             /* may be NULL */
    UnitPanel unit_panel;       /* may be NULL */
    const JobKind *jobs;        /* ends with { 0 }; may be NULL */
    const Retention *retention; /* ends with { 0 }; may be NULL */
    PersonData person_data;     /* may be NULL */
    SealCheck seal_check;       /* may be NULL */
    SearchFill search;          /* may be NULL */
    DayPanel person_panel;      /* may be NULL */
    DayPanel position_panel;    /* may be NULL */
    DayPanel day_panel;         /* who sat where on a day; may be NULL */
    NewsList news;              /* may be NULL */
    DatasetUses uses_dataset;   /* may be NULL */
    CaseLacks case_lacks;       /* may be NULL */
} Slice;

extern const Slice *const app_slices[]; /* src/app/slices.def, NULL-terminated */

/* --- tests: a slice through its routes, in process, on a fresh migrated database --- */
typedef struct {
    Store *store;
    Db *db;
    User user;
    const Slice *slice; /* NULL: all of app_slices */
    const char *today;  /* default "2026-11-23" */
    Lang lang;          /* default LANG_EN: msgids */
    bool signed_out;
    char *dir;           /* scratch directory, removed with the app */
    const char *cookies; /* sent beside the session cookie: "a=b; c=d"; borrowed; may be NULL */
    struct TestState *state;
} TestApp;
typedef struct {
    int status;
    char *body, *location, *type;
    size_t size;
    char *headers; /* "Name: value\n" of every header */
} Reply;
/* Every migration has run; owner 1 "Prøve kommune" (9999), unit 1 "Bakken skole" (school) under unit
 * 2 (the municipality), person 1 "Åse <rektor>" exist. TEST_DB=postgresql://... chooses the engine. */
TestApp *test_app(const Slice *slice, Perm a, Perm b);
void test_app_free(TestApp *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestApp, test_app_free)
void test_app_grant(TestApp *app, Perm perm);
Reply *test_get(TestApp *app, const char *path); /* may hold a query */
/* An urlencoded body; the CSRF token is added. */
Reply *test_post(TestApp *app, const char *path, const char *body);
Reply *test_send(TestApp *app, const char *method, const char *path, const char *type,
                 const char *body, size_t size); /* as is: no token added */
void reply_free(Reply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reply, reply_free)

/* arkiv-inside.h - case papers, excerpts and documents of a report, for the files of this slice.
 * SPDX-License-Identifier: EUPL-1.2 */
#pragma once
#include "arkiv.h"
#include "doc.h"

/* --- language --- */

/* The thread's language while something is worded for a report; the old one comes back by itself. */
typedef struct {
    Lang before;
    bool changed;
} G_GNUC_UNUSED ArkivSpeaking;
ArkivSpeaking arkiv_speak(Lang lang);
void arkiv_speak_end(ArkivSpeaking *speaking);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ArkivSpeaking, arkiv_speak_end)

/* --- case papers --- */

typedef enum {
    PAPER_TITLE,
    PAPER_HANDLER, /* title of a position */
    PAPER_CASE,    /* "2013/456" */
    PAPER_CODE,    /* "A20" */
    PAPER_RECOMMENDATION,
    PAPER_ATTACHMENTS, /* one a line, beside the report itself */
    PAPER_FACTS,       /* CommonMark, as those below */
    PAPER_ASSESSMENT,
    PAPER_ECONOMY,
    PAPER_CHILDREN,
    PAPER_CLIMATE,
    PAPER_CONCLUSION,
    N_PAPER
} PaperPart;

typedef struct {
    const char *text[N_PAPER]; /* never NULL */
} Paper;

typedef struct {
    int64_t id;
    int nr;
    const char *title;
    int64_t made_at, made_by; /* microseconds UTC; person, 0 */
    int64_t approved_at;      /* 0: not approved */
    int64_t approved_by;
    const char *made_on, *approved_on; /* "YYYY-MM-DD" by the owner's clock; approved_on: NULL */
} PaperVersion;
typedef struct {
    PaperVersion *v; /* oldest first */
    size_t n;
} PaperVersions;

/* What there is of one body's paper, and what may be done with it. */
typedef struct {
    int step; /* 3 executive committee, 4 council */
    PaperVersions versions;
    const PaperVersion *newest; /* NULL: none is written */
    const PaperVersion *open;   /* what everybody may read; NULL: nothing yet */
    bool locked;                /* approved, and the case has gone to the body */
    bool sent;                  /* the case has gone to the body */
} PaperFile;

/**
 * The paper of a body: its versions, the one the public reads, and whether it can still be changed.
 * The public reads the newest approved version from the sending on; a case that was sent back keeps
 * the one it had then. Source: offentleglova §§ 14, 16.
 * Errors: APP_ERROR_DB.
 */
bool arkiv_paper_file(Db *db, Arena *arena, const Report *report, int step, PaperFile *ret,
                      GError **error);
bool arkiv_paper_read(Db *db, Arena *arena, int64_t owner, int64_t version, Paper *ret,
                      GError **error);
/* What a new paper begins as, drawn from the report, in its language. Errors: APP_ERROR_DB. */
bool arkiv_paper_begin(Db *db, Arena *arena, const Report *report, int step, const char *today,
                       Paper *ret, GError **error);
/* Who does something to a paper, and when. */
typedef struct {
    int64_t person;    /* 0: the command line */
    int64_t now;       /* microseconds UTC, the server's clock */
    const char *today; /* "YYYY-MM-DD" by the owner's clock: the day that stands on the paper */
} PaperAct;

/**
 * Store a paper as its next version; the same words again make none.
 *   seen  number of the version it was made from; 0: the first.
 * Errors: APP_ERROR_CONFLICT (somebody stored meanwhile; the paper is locked), APP_ERROR_DB.
 */
bool arkiv_paper_store(Db *db, const Report *report, int step, const Paper *paper, int seen,
                       const PaperAct *act, GError **error);
/* Approve the version `seen`, which must be the newest and lack nothing. Errors: APP_ERROR_CONFLICT,
 * APP_ERROR_INVALID (something is missing; worded for people), APP_ERROR_DB. */
bool arkiv_paper_approve(Db *db, Arena *arena, const Report *report, int step, int seen,
                         const PaperAct *act, GError **error);
/* Take the approval back while the case has not gone. Errors: APP_ERROR_CONFLICT, APP_ERROR_DB. */
bool arkiv_paper_reopen(Db *db, Arena *arena, const Report *report, int step, GError **error);
/* Translated labels of what must be written before approval and is not; NULL when nothing. */
const char *arkiv_paper_missing(Arena *arena, const Paper *paper);
const char *arkiv_part_msgid(PaperPart part);

typedef struct {
    const char *body, *day, *number; /* day "YYYY-MM-DD" */
    bool planned;                    /* the meeting has not treated it yet */
} Meeting;
typedef struct {
    Meeting *v;
    size_t n;
} Meetings;
/* «Saksgang»: every treatment by the two bodies in order, then what is planned. Errors: APP_ERROR_DB. */
bool arkiv_meetings(Db *db, Arena *arena, const Report *report, Meetings *ret, GError **error);

typedef struct {
    uint32_t accent;
    const char *owner; /* name */
    const char *base;  /* makes links absolute in files; NULL */
} PaperLook;
bool arkiv_look(Db *db, Arena *arena, int64_t owner, PaperLook *ret, GError **error);

/* A paper with all that is drawn around it. */
typedef struct {
    const Report *report;
    int step;
    const char *body;     /* whose paper it is */
    const char *body_day; /* of its meeting */
    Paper paper;
    const PaperVersion *version;
    Meetings meetings;
    const Decision *before; /* of the council's: what the executive committee said; NULL */
    PaperLook look;
} CasePaper;
bool arkiv_case_paper(Db *db, Arena *arena, const Report *report, int step,
                      const PaperVersion *version, CasePaper *ret, GError **error);
/* Worded in the report's language, whatever the thread's is. doc_free. */
Doc *arkiv_paper_doc(Arena *arena, const CasePaper *paper);
/* "Kommunedirektørens innstilling"; before the law of 2018 was in force: "Rådmannens". */
const char *arkiv_recommendation_heading(const char *day);

/* --- excerpts of the minutes --- */

typedef struct {
    const char *recipients; /* one a line */
    bool outside;
    const char *certifier;    /* title of a position; "": not certified */
    const char *certified_on; /* "YYYY-MM-DD", or NULL */
    int64_t version;          /* 0: nothing stored, recipients are proposed */
} Excerpt;
bool arkiv_excerpt(Db *db, Arena *arena, const Decision *decision, Excerpt *ret, GError **error);
/* All but version are stored. Errors: APP_ERROR_CONFLICT (somebody stored meanwhile), APP_ERROR_DB. */
bool arkiv_excerpt_store(Db *db, int64_t owner, int64_t event, const Excerpt *excerpt,
                         int64_t person, int64_t now, GError **error);
/* Certified, and of the decision as it stands. */
bool arkiv_excerpt_ready(const Excerpt *excerpt);
Doc *arkiv_excerpt_doc(Arena *arena, const Decision *decision, const Excerpt *excerpt,
                       const PaperLook *look);
/* Decisions of one report, standing ones, oldest first. Errors: APP_ERROR_DB. */
bool arkiv_decisions(Db *db, Arena *arena, const Report *report, DecisionList *ret, GError **error);

/* Lines of a text that are not empty, in the arena, ending with NULL. */
const char *const *arkiv_lines(Arena *arena, const char *text, size_t *ret_n);

/* --- what is to be archived --- */

typedef enum { KIND_REPORT, KIND_PAPER, KIND_EXCERPT, KIND_DIALOGUE } ArchiveKind;

typedef struct {
    ArchiveKind kind;
    const char *part;  /* key within the report, never changes: "saksframlegg-3" */
    const char *title; /* in the report's language */
    const char *waits; /* why it cannot be delivered yet, in the thread's language; NULL: ready */
    const char *on;    /* "YYYY-MM-DD", the document's date; NULL when it waits */
    int64_t made_at;   /* microseconds UTC */
    const char *file;  /* "saksframlegg-formannskap.pdf" */
    const char *attached_file, *attached_title; /* of a paper: the report as it lay there; NULL */
    int64_t version;                            /* of the report; 0 */
    const char *post_type;                      /* journalposttype: I U N X S */
    const char *doc_type;                       /* dokumenttype: SAKSFRAMLEGG ... */
    const char *from;                           /* body or position */
    const char *handler;                        /* title of a position; "" */
    const char *const *to;                      /* ends with NULL */
    const char *journal; /* journal number recorded with the decision, "2013/456-7"; "" */
    CasePaper paper;     /* of KIND_PAPER */
    Decision decision;   /* of KIND_EXCERPT */
    Excerpt excerpt;
    MeetingRecord meeting; /* of KIND_DIALOGUE */
    /* from arkiv_dokument */
    const char *sha256;  /* of the file last delivered; NULL */
    int64_t exported_at; /* 0: not yet */
    const char *hjemmel; /* why it is kept from the public; "" */
    const char *public_title, *until;
    const char *number, *archive_id, *receipt_on;
} ArchiveDoc;

typedef struct {
    ArchiveDoc *v;
    size_t n;
    const char *archive_case; /* "2013/456": of the folder; "" when not known */
    const char *folder_id;    /* systemID of the folder in the archive; "" */
    int64_t folder_at;        /* when the folder was delivered; 0 */
    PaperLook look;
} ArchiveDocs;

bool arkiv_documents(Db *db, Arena *arena, const Report *report, ArchiveDocs *ret, GError **error);
/* The file itself, PDF/A-2a. attached: the other one. Errors: APP_ERROR_DB. */
bool arkiv_document_pdf(Db *db, Arena *arena, const Report *report, const ArchiveDocs *docs,
                        const ArchiveDoc *doc, bool attached, GBytes **ret, GError **error);
/* "2013/456" or "13/456": year and number; false when it is neither. */
bool arkiv_case_parse(const char *text, int *ret_year, int *ret_number);

/* --- what the tables hold (lager.c) --- */

bool arkiv_fill_rows(Db *db, Arena *arena, const Report *report, ArchiveDocs *docs, GError **error);

typedef struct {
    int64_t id;
    int generation, files;
    int64_t size, made_at, made_by;
    const char *sha256;
    bool kept;
} Package;
typedef struct {
    Package *v; /* newest first */
    size_t n;
} PackageList;
bool arkiv_package_list(Db *db, Arena *arena, const Report *report, PackageList *ret,
                        GError **error);
/* Errors: APP_ERROR_NOT_FOUND (also when its file has been deleted), APP_ERROR_DB. */
bool arkiv_package_file(Db *db, const Report *report, int64_t id, GBytes **ret, GError **error);

typedef struct {
    int64_t id;
    const char *message;
    GBytes *zip;
    int files;
    const char *const *hashes; /* by document; NULL for one that is not in it */
} PackageNew;
bool arkiv_package_store(Db *db, const Report *report, const ArchiveDocs *docs,
                         const PackageNew *package, const ArkivWish *wish, GError **error);

typedef struct {
    const char *part, *number, *archive_id, *on;
} Receipt;
typedef struct {
    Receipt *v;
    size_t n;
} ReceiptList;
bool arkiv_receipts_store(Db *db, const Report *report, const ReceiptList *receipts, int64_t person,
                          GError **error);
bool arkiv_access_store(Db *db, const Report *report, const ArchiveDoc *doc, int64_t person,
                        GError **error);
bool arkiv_retention(Db *db, int64_t owner, int64_t before, bool dry, int64_t *ret_n,
                     GError **error);

/* --- arkivmelding --- */

#define ARKIV_FOLDER "sak" /* part of arkiv_dokument that is the folder */
/* Stable between exports: UUID version 5 of what the thing is. part NULL: the folder. 36 characters. */
#define UUID_TEXT 37
const char *arkiv_uuid(const Report *report, const char *part, char buf[UUID_TEXT]);

typedef struct {
    const char *name, *sha256;
    size_t size;
} ArchiveFile; /* name NULL: not in the package */

typedef struct {
    const Report *report;
    const ArchiveDocs *docs;
    const ArchiveFile *files;    /* by document */
    const ArchiveFile *attached; /* by document */
    int n_files;
    const char *message; /* meldingId */
    int generation;
    const char *today;
    int64_t now;
} Message;
char *arkiv_message_xml(const Message *message, size_t *ret_len); /* g_free */

/* One value of Noark's code lists: its letter and its word. */
typedef struct {
    const char *list, *code, *word;
} ArchiveCode;
const ArchiveCode *arkiv_code_at(size_t i); /* NULL past the last */

/* --- receipts --- */

typedef struct {
    const char *data; /* any bytes, from outside */
    size_t size;
} Bytes;
/* Told once for each folder and document a receipt names: "key TAB systemID TAB number", UTF-8. */
typedef void (*ReceiptLine)(void *to, const char *line);
/* The reading itself, in this very process: for the sandbox's child and the fuzzer. */
bool arkiv_receipt_read(const char *xml, size_t size, ReceiptLine put, void *to, GError **error);
/**
 * Read an arkivmeldingKvittering, in the sandbox.
 *   ret   one for each document (and the folder) of this report that it names by our key.
 * Errors, worded for people: APP_ERROR_INVALID (no receipt; not of this report; holds a DTD).
 */
bool arkiv_receipt_parse(Arena *arena, const Report *report, const ArchiveDocs *docs,
                         const Bytes *xml, const char *today, ReceiptList *ret, GError **error);

/* --- jobs, search, tasks --- */
extern const JobKind arkiv_jobs[];
bool arkiv_search(Db *db, Arena *arena, int64_t owner, SearchPut put, void *sink, GError **error);
bool arkiv_tasks(Req *req, GArray *tasks, GError **error);

/* sider-arkiv.c - the archive as pages: reports, documents with their state, packages, receipts.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "arkiv-sider.h"
#include "jobb.h"
#include "arkiv.html.h"

enum { M_GENERATION, M_ONCE, N_MAKING };
static const Field making[N_MAKING] = {
    [M_GENERATION] = { "generasjon", FIELD_RADIO, N_("Form of arkivmelding"), .required = true },
    [M_ONCE] = { "en_gang", FIELD_HIDDEN, N_("Version"), .max = 20 }, /* a form makes one package */
};

enum { R_FILE, N_RECEIVING };
static const Field receiving[N_RECEIVING] = {
    [R_FILE] = { "fil", FIELD_FILE, N_("The receipt"), .accept = ".xml" },
};

enum { D_NUMBER, D_DAY, D_HJEMMEL, D_TITLE, D_UNTIL, N_DOCUMENT };
static const Field document[N_DOCUMENT] = {
    [D_NUMBER] = { "arkivnummer", FIELD_LINE, N_("Number in the archive"), .max = 60,
                   .help = N_("For example 2026/456-7. Fill it in by hand when no receipt comes") },
    [D_DAY] = { "mottatt", FIELD_DATE, N_("Received on"), .not_after = "today" },
    [D_HJEMMEL] = { "hjemmel", FIELD_LINE, N_("Kept from the public by"), .max = 200,
                    .help = N_("The law and paragraph, for example offentleglova § 13. Empty: the "
                               "document is public") },
    [D_TITLE] = { "offentlig_tittel", FIELD_LINE, N_("Title in the public journal"), .max = 200,
                  .help = N_("When the title itself must be kept from the public") },
    [D_UNTIL] = { "unntatt_til", FIELD_DATE, N_("Kept from the public until") },
};

/* --- the list --- */

static bool add_line(Req *req, const Report *r, ArchiveLines *lines, GError **error)
{
    ArchiveLine *line = &lines->v[lines->n];
    ArchiveDocs docs;

    if (!arkiv_documents(req->db, req->arena, r, &docs, error))
        return false;
    *line = (ArchiveLine){ .title = r->title,
                           .year = r->year,
                           .lang = i18n_tag(r->language),
                           .state = tilstandsrapport_state_name(r->state),
                           .number = docs.archive_case,
                           .all = (int)docs.n,
                           .url = url_for(req->arena, "/arkiv/%I", r->id) };
    for (size_t i = 0; i < docs.n; i++) {
        line->ready += !docs.v[i].waits;
        line->exported += docs.v[i].exported_at != 0;
        line->receipts += *docs.v[i].number != 0;
    }
    lines->n++;
    return true;
}

bool arkiv_show_list(Req *req, GError **error)
{
    ArchiveListView view = { 0 };
    ReportList all;

    if (!tilstandsrapport_list(req->db, req->arena, req->user->owner, &all, error))
        return false;
    view.reports.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(ArchiveLine));
    for (size_t i = 0; i < all.n; i++)
        if (!add_line(req, &all.v[i], &view.reports, error))
            return false;
    arkiv_liste(req_page(req, 200, _("Archive")), &view);
    return true;
}

/* --- one report --- */

typedef struct {
    Report report;
    ArchiveDocs docs;
} Room;

static bool load(Req *req, Room *room, GError **error)
{
    int64_t id = req_id(req, "id");

    if (!id)
        return req_not_found(req, error);
    return tilstandsrapport_get(req->db, req->arena, req->user->owner, id, &room->report, error) &&
           arkiv_documents(req->db, req->arena, &room->report, &room->docs, error);
}

static const char *type_word(const ArchiveDoc *d)
{
    switch (d->kind) {
    case KIND_REPORT:
        return _("The report as it was voted on");
    case KIND_PAPER:
        return d->attached_file ? _("Case paper, with the report as it lay before the body")
                                : _("Case paper");
    case KIND_EXCERPT:
        return _("Excerpt of the minutes");
    default:
        return _("Minutes of the dialogue meeting");
    }
}

static const char *state_word(Req *req, const ArchiveDoc *d)
{
    const char *out = d->exported_at ? arena_printf(req->arena, _("Delivered %s."),
                                                    arkiv_moment_day(req, d->exported_at))
                                     : NULL;

    if (*d->number)
        return arena_printf(req->arena, _("In the archive as %1$s, received %2$s."), d->number,
                            arkiv_day(req, d->receipt_on));
    if (out)
        return arena_printf(req->arena, "%s %s", out, _("No receipt yet."));
    return d->waits ? d->waits : _("Ready. Not delivered yet.");
}

static const char *access_word(Req *req, const ArchiveDoc *d)
{
    if (!*d->hjemmel)
        return "";
    return d->until ? arena_printf(req->arena, _("Kept from the public until %1$s: %2$s"),
                                   arkiv_day(req, d->until), d->hjemmel)
                    : arena_printf(req->arena, _("Kept from the public: %s"), d->hjemmel);
}

static bool page_of(Req *req, const Report *r, const ArchiveDoc *d, Url *ret)
{
    char id[ID_TEXT];

    switch (d->kind) {
    case KIND_PAPER:
        *ret = arkiv_step_url(req, r, strcmp(d->part, "saksframlegg-3") ? 4 : 3, "");
        return !d->waits;
    case KIND_EXCERPT:
        *ret = arkiv_url(
            req, r,
            arena_printf(req->arena, "/saerutskrift/%s", id_text(d->decision.event.id, id)));
        return true;
    default:
        *ret = arkiv_url(req, r, d->kind == KIND_REPORT ? "" : "/dialogmote");
        return r->published != 0;
    }
}

typedef struct {
    int status;
    const Form *making, *receiving, *document; /* with problems; NULL: blank */
    const char *part;                          /* whose form is open; NULL */
    const char *trouble;
} Retried;

static void fill_documents(Req *req, const Room *room, const Retried *again, const Form *form,
                           ArchiveView *view)
{
    bool may = arkiv_may(req, &room->report, PERM_ARCHIVE_RECEIPT);
    Url self = url_for(req->arena, "/arkiv/%I", room->report.id);

    view->documents.v = arena_alloc(req->arena, room->docs.n * sizeof(ArchiveDocView));
    for (size_t i = 0; i < room->docs.n; i++) {
        const ArchiveDoc *d = &room->docs.v[i];
        ArchiveDocView *v = &view->documents.v[view->documents.n++];

        *v = (ArchiveDocView){ .title = d->title,
                               .lang = i18n_tag(room->report.language),
                               .type = type_word(d),
                               .state = state_word(req, d),
                               .file = d->file,
                               .access = access_word(req, d),
                               .part = d->part,
                               .id = arena_printf(req->arena, "d-%s", d->part),
                               .has_edit = may,
                               .edit = url_with(req->arena, self, "dokument", d->part) };
        v->edit.text = arena_printf(req->arena, "%s#%s", v->edit.text, v->id);
        v->has_page = page_of(req, &room->report, d, &v->page);
        if (may && again->part && !strcmp(again->part, d->part))
            v->form = form;
        view->ready += !d->waits;
    }
}

static bool fill_packages(Req *req, const Room *room, ArchiveView *view, GError **error)
{
    bool may = arkiv_may(req, &room->report, PERM_ARCHIVE_EXPORT);
    PackageList all;

    if (!arkiv_package_list(req->db, req->arena, &room->report, &all, error))
        return false;
    view->packages.v = arena_alloc(req->arena, MAX(all.n, 1) * sizeof(PackageView));
    for (size_t i = 0; i < all.n; i++) {
        const Package *p = &all.v[i];
        char when[DATE_TEXT], id[ID_TEXT];
        Url self = url_for(req->arena, "/arkiv/%I", room->report.id);

        view->packages.v[view->packages.n++] = (PackageView){
            .made = arena_dup(req->arena, time_text(p->made_at, when)),
            .by = arkiv_who(req, room->report.owner, p->made_by),
            .what = arena_printf(req->arena,
                                 ngettext("arkivmelding %2$d, %1$d file, %3$d kB",
                                          "arkivmelding %2$d, %1$d files, %3$d kB", p->files),
                                 p->files, p->generation, (int)((p->size + 999) / 1000)),
            .hash = p->sha256,
            .kept = p->kept && may,
            .url = { arena_printf(req->arena, "%s/pakke/%s", self.text, id_text(p->id, id)) },
        };
    }
    return true;
}

static const ArchiveDoc *find_document(const Room *room, const char *part)
{
    for (size_t i = 0; part && i < room->docs.n; i++)
        if (!strcmp(room->docs.v[i].part, part))
            return &room->docs.v[i];
    return NULL;
}

static void fill_form(const Room *room, const char *part, Form *form)
{
    const ArchiveDoc *d = find_document(room, part);

    if (!d)
        return;
    form_set(form, D_NUMBER, d->number);
    form_set(form, D_DAY, d->receipt_on);
    form_set(form, D_HJEMMEL, d->hjemmel);
    form_set(form, D_TITLE, d->public_title);
    form_set(form, D_UNTIL, d->until);
}

static void give_generations(Req *req, Form *form)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));

    options[0] = (Option){ "2", _("Newest: KS Fiks Arkiv (version 2, coded values)") };
    options[1] = (Option){ "1", _("Older: eFormidling (version 1, values in words)") };
    form_options(form, M_GENERATION, options);
}

static bool show_with(Req *req, const Room *room, const Retried *again, GError **error)
{
    char once[ID_TEXT];
    g_auto(Form) make = form_blank(req, making, N_MAKING);
    g_auto(Form) receive = form_blank(req, receiving, N_RECEIVING);
    g_auto(Form) one = form_blank(req, document, N_DOCUMENT);
    Url self = url_for(req->arena, "/arkiv/%I", room->report.id);
    ArchiveView view = { .title = room->report.title,
                         .lang = i18n_tag(room->report.language),
                         .number = room->docs.archive_case,
                         .trouble = again->trouble,
                         .up = url_for(req->arena, "/arkiv"),
                         .report = arkiv_url(req, &room->report, ""),
                         .papers = arkiv_url(req, &room->report, "/saksframlegg"),
                         .exports = self,
                         .receipt = { arena_printf(req->arena, "%s/kvittering", self.text) },
                         .document = { arena_printf(req->arena, "%s/dokument", self.text) },
                         .receiving_open = again->receiving != NULL };

    give_generations(req, &make);
    form_set(&make, M_GENERATION, "2");
    form_set(&make, M_ONCE, id_text(id_new(), once));
    fill_form(room, again->part, &one);
    form_mark(&one);
    fill_documents(req, room, again, again->document ? again->document : &one, &view);
    if (view.ready && arkiv_may(req, &room->report, PERM_ARCHIVE_EXPORT))
        view.making = again->making ? again->making : &make;
    if (arkiv_may(req, &room->report, PERM_ARCHIVE_RECEIPT))
        view.receiving = again->receiving ? again->receiving : &receive;
    if (!fill_packages(req, room, &view, error))
        return false;
    arkiv_vis(req_page(req, again->status,
                       arena_printf(req->arena, "%s: %s", _("To the archive"), room->report.title)),
              &view);
    return true;
}

bool arkiv_show(Req *req, GError **error)
{
    Room room;

    return load(req, &room, error) &&
           show_with(req, &room, &(Retried){ .status = 200, .part = req_query(req, "dokument") },
                     error);
}

/* --- packages --- */

bool arkiv_post_export(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, making, N_MAKING);
    char id[ID_TEXT];
    int64_t job_id;
    Room room;

    give_generations(req, &form);
    if (!load(req, &room, error))
        return false;
    if (!form_ok(&form))
        return show_with(req, &room, &(Retried){ .status = 422, .making = &form }, error);
    const JobNew job = {
        .owner = room.report.owner,
        .kind = "arkivpakke",
        .title = arena_printf(req->arena, _("Package for the archive: %s"), room.report.title),
        .args = arena_printf(req->arena, "%s %s %s", id_text(room.report.id, id),
                             form.value[M_GENERATION], req->user->role),
        .person = req->user->id,
        .key = *form.value[M_ONCE] ? arena_printf(req->arena, "arkivpakke %s", form.value[M_ONCE])
                                   : NULL
    };

    req_note(req, "arkiv.pakke", room.report.id, 0, NULL);
    return jobb_add(req->db, &job, req->now, &job_id, error) &&
           req_redirect(req, url_for(req->arena, "/jobber/%I", job_id).text);
}

bool arkiv_send_package(Req *req, GError **error)
{
    g_autoptr(GBytes) zip = NULL;
    Report report;
    size_t size;

    if (!req_id(req, "id") || !req_id(req, "pakke"))
        return req_not_found(req, error);
    if (!tilstandsrapport_get(req->db, req->arena, req->user->owner, req_id(req, "id"), &report,
                              error) ||
        !arkiv_package_file(req->db, &report, req_id(req, "pakke"), &zip, error) ||
        !req_note_read(req, "eksport.arkivpakke", report.id, 0, report.title, error))
        return false;
    const char *data = g_bytes_get_data(zip, &size);
    g_autofree char *year = g_strdelimit(g_strdup(report.year), "/", '-');

    return req_download(req, "application/zip", arena_printf(req->arena, "arkivpakke-%s.zip", year),
                        data, size);
}

/* --- receipts --- */

bool arkiv_post_receipt(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, receiving, N_RECEIVING);
    const Upload *file = req_upload(req, "fil", 0);
    g_autoptr(GError) why = NULL;
    ReceiptList receipts;
    Room room;

    if (!load(req, &room, error))
        return false;
    if (!file || !file->size)
        form.problem[R_FILE] = _("Choose the file first");
    else if (!arkiv_receipt_parse(req->arena, &room.report, &room.docs,
                                  &(Bytes){ file->data, file->size }, req->today, &receipts,
                                  &why)) {
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
            return app_pass(error, &why);
        form.problem[R_FILE] = arena_dup(req->arena, why->message);
    }
    if (form.problem[R_FILE])
        return show_with(req, &room, &(Retried){ .status = 422, .receiving = &form }, error);
    req_note(req, "arkiv.kvittering", room.report.id, 0, NULL);
    return arkiv_receipts_store(req->db, &room.report, &receipts, req->user->id, error) &&
           req_redirect_saying(
               req, url_for(req->arena, "/arkiv/%I", room.report.id).text,
               arena_printf(req->arena,
                            ngettext("The receipt names %d thing of this report.",
                                     "The receipt names %d things of this report.", receipts.n),
                            (int)receipts.n));
}

/* A number and its day belong together; so do a law and what it hides. */
static void check_document(Form *form)
{
    if (*form->value[D_NUMBER] && !*form->value[D_DAY])
        form->problem[D_DAY] = _("Say when the archive received it");
    if (*form->value[D_DAY] && !*form->value[D_NUMBER])
        form->problem[D_NUMBER] = _("Write the number the archive gave it");
    if ((*form->value[D_TITLE] || *form->value[D_UNTIL]) && !*form->value[D_HJEMMEL])
        form->problem[D_HJEMMEL] = _("Say by which law it is kept from the public");
}

typedef struct {
    Req *req;
    Form *form;
    const Report *report;
    const ArchiveDoc *doc;
    const ReceiptList *receipts;
    int64_t person;
    bool stale;
} Storing;

static bool store_document(Db *db, void *arg, GError **error)
{
    Storing *s = arg;
    Req inside = *s->req; /* reads where it writes */
    g_auto(Form) now = form_blank(&inside, document, N_DOCUMENT);
    Room room;

    inside.db = db;
    if (!load(&inside, &room, error))
        return false;
    fill_form(&room, s->doc->part, &now);
    s->stale = form_stale(s->form, &now);
    if (s->stale)
        return true;
    return arkiv_access_store(db, s->report, s->doc, s->person, error) &&
           arkiv_receipts_store(db, s->report, s->receipts, s->person, error);
}

bool arkiv_post_document(Req *req, GError **error)
{
    g_auto(Form) form = form_read(req, document, N_DOCUMENT);
    const char *part = req_posted(req, "dokument");
    Room room;

    if (!load(req, &room, error))
        return false;
    if (!find_document(&room, part))
        return req_not_found(req, error);
    if (form_ok(&form))
        check_document(&form);
    if (!form_ok(&form))
        return show_with(req, &room, &(Retried){ .status = 422, .document = &form, .part = part },
                         error);
    ArchiveDoc doc = *find_document(&room, part);
    Receipt receipt = { part, form.value[D_NUMBER], doc.archive_id,
                        *form.value[D_DAY] ? form.value[D_DAY] : NULL };
    const ReceiptList receipts = { &receipt, 1 };

    doc.hjemmel = form.value[D_HJEMMEL];
    doc.public_title = form.value[D_TITLE];
    doc.until = *form.value[D_UNTIL] ? form.value[D_UNTIL] : NULL;
    Storing s = { req, &form, &room.report, &doc, &receipts, req->user->id, false };

    req_note(req, "arkiv.dokument", room.report.id, 0, part);
    if (!db_transaction(req->db, store_document, &s, error))
        return false;
    if (s.stale)
        return show_with(req, &room, &(Retried){ .status = 409, .document = &form, .part = part },
                         error);
    return req_redirect_saying(req, url_for(req->arena, "/arkiv/%I", room.report.id).text,
                               _("Stored."));
}

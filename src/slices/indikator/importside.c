/* importside.c - files in by the browser: received, a ZIP unpacked, and given over to be read.
 *
 * What was sent is kept with us until somebody says yes or no, never sent back by the browser. A role of
 * one unit imports for that unit; the shared public store is for those who may write it.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "bunke.h"
#include "indikator-sider.h"
#include "importside.html.h"

#define SHOWN_IMPORTS 10
#define HERE "/import"

enum { F_FILES, F_FOLDER, F_WHERE, N_FIELDS };
static const Field fields[N_FIELDS] = {
    [F_FILES] = { "filer", FIELD_FILE, N_("Files"), .accept = ".csv,.txt,.tsv,.xlsx,.zip",
                  .multiple = true,
                  .help = N_("Files from Udir or Skoleporten, filled templates, or tables of your "
                             "own, as CSV or Excel. Several at once, or a ZIP archive of them.") },
    [F_FOLDER] = { "mappe", FIELD_FILE, N_("Or a whole folder"), .multiple = true,
                   .help = N_("All files of the folder are sent; those that cannot be read are "
                              "told.") },
    [F_WHERE] = { "hvor", FIELD_RADIO, N_("Import to"), .required = true },
};

/* --- who may --- */

bool indikator_may_own(const Req *req)
{
    return req_may(req, PERM_DATASET_IMPORT);
}

bool indikator_may_shared(const Req *req)
{
    return req_may(req, PERM_SHARED_IMPORT);
}

int64_t indikator_only_unit(const Req *req)
{
    return req_may_unit(req, PERM_DATASET_IMPORT, 0) ? 0 : req->user->unit;
}

static Form form_for(Req *req, bool posted)
{
    Option *options = arena_alloc(req->arena, 3 * sizeof(Option));
    int n_options = 0;
    Form form = posted ? form_read(req, fields, N_FIELDS) : form_blank(req, fields, N_FIELDS);

    if (indikator_may_own(req))
        options[n_options++] = (Option){ "egne", _("the municipality’s own figures") };
    if (indikator_may_shared(req))
        options[n_options++] = (Option){ "felles", _("public statistics for all owners") };
    options[n_options] = (Option){ 0 };
    form_options(&form, F_WHERE, options);
    if (!posted && n_options)
        form_set(&form, F_WHERE, options[n_options - 1].value);
    return form;
}

/* --- the page --- */

static bool show_with(Req *req, int status, const Form *form, GError **error)
{
    ImportView view = { .may_own = indikator_may_own(req) };
    int64_t waiting = 0;

    view.form = view.may_own || indikator_may_shared(req) ? form : NULL;
    if (!indikator_count_proposals(req, &view.n_proposed, error) ||
        !indikator_history_lines(req, SHOWN_IMPORTS, &view.history, error) ||
        !indikator_bundle_waiting(req->db, req->user->owner, req->user->id, &waiting, error))
        return false;
    view.waiting = waiting ? url_for(req->arena, "/import/filer/%I", waiting) : (Url){ NULL };
    indikator_importside(req_page(req, status, _("Import")), &view);
    return true;
}

bool indikator_show_import(Req *req, GError **error)
{
    g_auto(Form) form = form_for(req, false);

    return show_with(req, 200, &form, error);
}

/* --- receiving --- */

typedef struct {
    Req *req;
    GArray *files;   /* of NewFil */
    GPtrArray *kept; /* arrays of ZippedFile, whose bytes the files point at */
    Form *form;
    size_t bytes;
} Receiving;

static bool take(Receiving *r, const char *name, const void *data, size_t size)
{
    char short_name[256];
    NewFil file = { .data = data, .size = size };

    if (*name == '\0' && size == 0)
        return true; /* an empty field */
    if (form_holds_national_id(name)) {
        r->form->problem[F_FILES] = _("The name of a file holds what may be a national identity "
                                      "number. Give the file another name");
        return false;
    }
    r->bytes += size;
    if (r->files->len >= BUNKE_FILES || r->bytes > ZIP_MAX_BYTES) {
        r->form->problem[F_FILES] = arena_printf(
            r->req->arena, _("At most %d files and %u MB at once. Send some of them first"),
            BUNKE_FILES, ZIP_MAX_BYTES / (1024 * 1024));
        return false;
    }
    g_utf8_strncpy(short_name, *name ? name : _("without a name"), 60);
    file.filename = arena_dup(r->req->arena, short_name);
    g_array_append_val(r->files, file);
    return true;
}

static bool unzip(Receiving *r, const Upload *upload, GError **error)
{
    GPtrArray *inside = NULL;
    g_autoptr(GError) why = NULL;

    if (!indikator_unzip(upload->data, upload->size, &inside, &why)) {
        if (!g_error_matches(why, APP_ERROR, APP_ERROR_INVALID))
            return app_pass(error, &why);
        r->form->problem[F_FILES] =
            arena_printf(r->req->arena, "%s: %s", upload->filename, why->message);
        return true;
    }
    g_ptr_array_add(r->kept, inside);
    for (guint i = 0; i < inside->len; i++) {
        const ZippedFile *f = inside->pdata[i];
        gsize size;
        const void *data = g_bytes_get_data(f->bytes, &size);

        if (!take(r, f->name, data, size))
            break;
    }
    return true;
}

static bool receive(Receiving *r, int field, GError **error)
{
    const Upload *upload;

    for (size_t i = 0; (upload = req_upload(r->req, fields[field].name, i)); i++) {
        if (indikator_is_archive(upload->data, upload->size)) {
            if (!unzip(r, upload, error))
                return false;
        } else if (!take(r, upload->filename, upload->data, upload->size)) {
            break;
        }
    }
    return true;
}

static bool keep_files(Receiving *r, GError **error)
{
    Req *req = r->req;
    const Bunke bundle = { .owner = req->user->owner,
                           .person = req->user->id,
                           .shared = !strcmp(r->form->value[F_WHERE], "felles"),
                           .created_at = req->now };
    int64_t id;

    req_note(req, "import.mottatt", 0, 0, NULL);
    if (!indikator_bundle_add(req->db, &bundle, (const NewFil *)(void *)r->files->data,
                              r->files->len, &id, error))
        return false;
    return req_redirect(req, url_for(req->arena, "/import/filer/%I", id).text);
}

static void free_inside(void *inside)
{
    g_ptr_array_unref(inside);
}

bool indikator_receive_files(Req *req, GError **error)
{
    g_auto(Form) form = form_for(req, true);
    g_autoptr(GArray) files = g_array_new(FALSE, TRUE, sizeof(NewFil));
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(free_inside);
    Receiving r = { .req = req, .files = files, .kept = kept, .form = &form };

    if (!indikator_may_own(req) && !indikator_may_shared(req))
        return app_fail(error, APP_ERROR_FORBIDDEN, "this role may not import");
    if (!receive(&r, F_FILES, error) || !receive(&r, F_FOLDER, error))
        return false;
    if (files->len == 0 && !form.problem[F_FILES])
        form.problem[F_FILES] = _("Choose at least one file");
    if (!form_ok(&form))
        return show_with(req, 422, &form, error);
    return keep_files(&r, error);
}

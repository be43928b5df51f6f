/* formpage.c - draws the page of one form.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "formpage.h"
#include "formpage.html.h"

bool req_form_page(Req *req, int status, const FormPage *page)
{
    web_form_page(req_page(req, status, page->title), page);
    return true;
}

/* demo.c - the demo from its parts, in the order they need each other.
 * SPDX-License-Identifier: EUPL-1.2 */
#include "demo.h"
#include "sok.h"

static bool make_owner(Demo *demo, const DemoOwner *owner, GError **error)
{
    int64_t id;

    return demo_found(demo, owner, &id, error) && demo_import_own(demo, owner, id, error) &&
           demo_report(demo, owner, id, error) && demo_write_files(demo, owner, id, error) &&
           sok_build(demo->db, id, app_slices, NULL, error);
}

bool demo_make(Demo *demo, GError **error)
{
    return demo_import_public(demo, error) && make_owner(demo, &demo_eide, error) &&
           make_owner(demo, &demo_hustadvika, error) &&
           sok_build(demo->db, 0, app_slices, NULL, error);
}

/* c.h - named for another file.
 * SPDX-License-Identifier: EUPL-1.2 */

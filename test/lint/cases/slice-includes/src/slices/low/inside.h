/* inside.h - a case.
 * SPDX-License-Identifier: EUPL-1.2 */

/* c.h - without a licence. */

import * as z from 'zod';

// The page's policy forbids what zod makes of schemas to be faster; it must know before the first schema.
z.config({ jitless: true });

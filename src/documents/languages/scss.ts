import { css } from './css';
import type { DocumentLanguage } from './language';
import { readStyle } from './styles/styleReader';

/** SCSS and Less: as in CSS, with comments to the end of the line, and names that are put together of others. */
export const scss: DocumentLanguage = { ...css, read: (text) => readStyle(text, true) };

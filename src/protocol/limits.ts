// Limits that both ends know. A file of their own: the webview must not load the schemas.

/** Characters of a prompt that the studio passes on; what a model takes, the catalogue knows. */
export const longestPrompt = 200_000;

/** The most pictures that go out beside a prompt. */
export const mostReferences = 16;

/** The most options of a model's own. */
export const mostOptions = 100;

export { mostNumbers, mostStrokes, widestFeather } from '../canvas/paintedMask';

/** In pixels: the most that an expansion adds on a side. */
export { widestMargin } from '../canvas/frame';

/** The most cards that are asked for at once. */
export const mostCards = 500;

/** Bytes of a picture that is dropped from outside of the editor. */
export const largestDrop = 64 * 1024 * 1024;

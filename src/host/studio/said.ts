/** A failure in words for a person: the studio shows them as they are. */
export class Said extends Error {}

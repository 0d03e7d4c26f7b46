/** Told to the painter's thread when it is started before there is an errand. */
export const practice = 'practice';

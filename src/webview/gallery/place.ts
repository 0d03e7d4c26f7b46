import { signal } from '@preact/signals';

/** In the side bar there is the gallery alone: no form, no edit view. */
export const isSideBar = document.body.dataset['place'] === 'sideBar';

const narrow = window.matchMedia('(max-width: 480px)');

export const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', ({ matches }) => (isNarrow.value = matches));

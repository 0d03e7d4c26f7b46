/** The type of the studio's tab, by which the editor gives it back after a reload of the window. */
export const panelType = 'limn.studio';

/** The gallery in the side bar, as the manifest names it. */
export const galleryViewId = 'limn.gallery';

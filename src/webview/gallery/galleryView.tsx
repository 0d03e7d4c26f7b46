/** To be built. */
export function GalleryView() {
	return <p>Gallery</p>;
}

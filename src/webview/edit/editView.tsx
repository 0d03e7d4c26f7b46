/** To be built. */
export function EditView() {
	return <p>Edit</p>;
}

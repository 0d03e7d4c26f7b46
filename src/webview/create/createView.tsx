/** To be built. */
export function CreateView() {
	return <p>Create</p>;
}

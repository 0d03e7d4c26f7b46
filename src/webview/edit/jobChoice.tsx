/** What is done to the picture. */
export function JobChoice() {
	return null;
}

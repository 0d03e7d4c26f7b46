/** One of the editor's own icons (codicons), for eyes alone: what it stands for is said by the control that it is in. */
export function Icon({ name }: { readonly name: string }) {
	return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}

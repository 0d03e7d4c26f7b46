import { Icon } from '../icon';
import type { Tool } from './canvasState';

/** Of a tool. The editor's icons have no rectangle and no lasso. */
export function ToolIcon({ tool }: { readonly tool: Tool }) {
	switch (tool) {
		case 'brush':
			return <Icon name="edit" />;
		case 'eraser':
			return <Icon name="eraser" />;
		case 'rectangle':
			return <Outline path="M2.5 4.5h11v7h-11z" />;
		case 'lasso':
			return (
				<Outline path="M4 11c-1.6-.8-2.5-2-2.5-3.500C1.500 4.700 4.400 3 8 3s6.500 1.700 6.500 4.200S11.600 11.500 8 11.500c-1.200 0-2.300-.2-3.200-.5M4 11a1.300 1.300 0 1 0 1.500 1.300c0 1.200-.8 2-2 2.200" />
			);
	}
}

function Outline({ path }: { readonly path: string }) {
	return (
		<svg class="toolIcon" viewBox="0 0 16 16" aria-hidden="true">
			<path d={path} />
		</svg>
	);
}

import type { Orders } from '../orders';
import type { SharedPurse } from '../purse';
import { readEdit } from './editTool';
import { readGeneration } from './generateTool';
import { ImageTool } from './imageTool';
import type { ToolName } from '../../agents/toolNames';

/** The language-model tools, by their names. */
export type Tools = Readonly<Record<ToolName, ImageTool>>;

/** Builds them. */
export function createTools(needs: { readonly orders: Orders; readonly purse: SharedPurse }): Tools {
	const parts = { ...needs, maker: needs.orders.parts.maker };
	return {
		limn_generate_image: new ImageTool({ ...parts, read: readGeneration }),
		limn_edit_image: new ImageTool({ ...parts, read: readEdit }),
	};
}

/** The language-model tools that Limn contributes (contract, section 6). */
export const toolNames = ['limn_generate_image', 'limn_edit_image'] as const;

export type ToolName = (typeof toolNames)[number];

import type { FormJob } from '../../protocol/hostMethods';
import { l10n } from '../words';

/** What the button says that orders. */
export const orderWords: Readonly<Record<FormJob, string>> = {
	generate: l10n.t('Generate'),
	edit: l10n.t('Edit'),
	mask: l10n.t('Edit Selection'),
	expand: l10n.t('Expand'),
	vary: l10n.t('Create Variations'),
};

/** How the prompt is asked for, and what stands in the empty field. */
export const promptWords: Readonly<Record<FormJob, { readonly label: string; readonly example: string }>> = {
	generate: { label: l10n.t('Prompt'), example: l10n.t('A lighthouse at dawn, watercolour') },
	edit: { label: l10n.t('What should change?'), example: l10n.t('Make it night, with a full moon') },
	mask: { label: l10n.t('What should the selection show?'), example: l10n.t('A full moon') },
	expand: { label: l10n.t('What is beyond the borders? (optional)'), example: l10n.t('Dunes under a wide sky') },
	vary: { label: l10n.t('What should be different? (optional)'), example: l10n.t('In autumn') },
};

import { placeOf } from '../../protocol/draftPlace';
import type { PictureAction } from '../../protocol/hostMethods';
import type { DetailView } from '../../protocol/views';
import { state } from '../connection';
import { show } from '../navigation';
import { l10n } from '../words';
import { ActionButton } from './actionButton';
import { copyPicture, favour, perform } from './actions';
import { seek } from './choosing';
import { isSideBar } from './place';

/** All that can be done with a picture. */
export function DetailActions({ seen }: { readonly seen: DetailView }) {
	const { card } = seen;
	const gone = card.isMissing ? l10n.t('Its file is gone.') : undefined;
	const doing = (action: PictureAction) => () => void perform(action, [card.id]);
	return (
		<div class="actions">
			<div class="buttons" role="group" aria-label={l10n.t('Use')}>
				<ActionButton icon="insert" text={l10n.t('Insert')} isPrimary refused={gone} onPress={doing('insert')} />
				<ActionButton
					icon={card.isFavourite ? 'star-full' : 'star-empty'}
					text={l10n.t('Favourite')}
					isPressed={card.isFavourite}
					onPress={() => void favour([card.id], !card.isFavourite)}
				/>
				<ActionButton
					icon="copy"
					text={l10n.t('Copy Picture')}
					refused={gone}
					onPress={() => void copyPicture(card.id)}
				/>
				<Icons seen={seen} gone={gone} />
			</div>
			<MakingActions seen={seen} gone={gone} />
		</div>
	);
}

interface PartProps {
	readonly seen: DetailView;
	/** Why its file is of no use. */
	readonly gone: string | undefined;
}

/** What is done less often: without words, in one row. */
function Icons({ seen: { card }, gone }: PartProps) {
	const doing = (action: PictureAction) => () => void perform(action, [card.id]);
	return (
		<div class="icons">
			<ActionButton icon="clippy" text={l10n.t('Copy Path')} isBare onPress={doing('copyPath')} />
			<ActionButton
				icon="references"
				text={l10n.t('Copy Reference')}
				isBare
				refused={gone}
				onPress={doing('copyReference')}
			/>
			<ActionButton icon="go-to-file" text={l10n.t('Open')} isBare refused={gone} onPress={doing('open')} />
			<ActionButton icon="folder-opened" text={l10n.t('Reveal')} isBare refused={gone} onPress={doing('reveal')} />
			<ActionButton icon="git-compare" text={l10n.t('Compare With…')} isBare onPress={() => seek(card.id)} />
			{card.isMissing ? (
				<ActionButton icon="clear-all" text={l10n.t('Forget')} isBare onPress={doing('forget')} />
			) : (
				<ActionButton icon="trash" text={l10n.t('Delete')} isBare onPress={doing('delete')} />
			)}
		</div>
	);
}

/** What makes another picture: where that is allowed. In the side bar the studio is opened for what has its place there. */
function MakingActions({ seen: { card, draft, again }, gone }: PartProps) {
	const untrusted = state.value?.isTrusted ? undefined : l10n.t('Trust this workspace to make pictures.');
	const unknown = draft ? undefined : l10n.t('It is not known how this picture was made.');
	const doing = (action: PictureAction) => () => void perform(action, [card.id]);
	const remix = () => draft && show(placeOf(draft));
	const edit = () => show({ view: 'edit', picture: card.id });
	const changing = untrusted ?? gone;
	return (
		<div class="buttons" role="group" aria-label={l10n.t('Make')}>
			<ActionButton
				icon="refresh"
				text={again ? l10n.t('Regenerate · {0}', again.price) : l10n.t('Regenerate')}
				refused={untrusted ?? (again ? undefined : l10n.t('It cannot be made once more.'))}
				onPress={doing('regenerate')}
			/>
			<ActionButton
				icon="repo-forked"
				text={l10n.t('Remix')}
				refused={unknown}
				onPress={isSideBar ? doing('remix') : remix}
			/>
			<ActionButton icon="versions" text={l10n.t('Vary')} refused={changing} onPress={doing('vary')} />
			<ActionButton icon="edit" text={l10n.t('Edit')} refused={changing} onPress={isSideBar ? doing('edit') : edit} />
			<ActionButton icon="move" text={l10n.t('Expand')} refused={changing} onPress={doing('expand')} />
		</div>
	);
}

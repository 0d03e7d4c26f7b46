import { type Signal, useSignal } from '@preact/signals';
import type { DetailView } from '../../protocol/views';
import { ActionButton } from '../gallery/actionButton';
import type { Look } from '../gallery/useLook';
import { Icon } from '../icon';
import { l10n } from '../words';
import { ChangedFile, useFile } from './changedFile';
import { insertPicture } from './insertPicture';
import { pickSource } from './pickSource';
import { unreadable } from './shown';

interface Props {
	readonly id: string;
	readonly look: Look;
}

/** Which picture is changed, and what is the matter with it. */
export function Source({ id, look }: Props) {
	const { seen, failure } = look;
	const problem = useSignal<string | undefined>(undefined);
	useFile(id, look);
	const fault = failure ?? faultOf(seen);
	return (
		<div class="source">
			{!seen && fault === undefined && (
				<p class="faint" role="status">
					{l10n.t('Loading…')}
				</p>
			)}
			{fault !== undefined && <Problem text={fault} />}
			<div class="sourceLine">
				{seen && (
					<p class="sourceName">
						<strong class="foreign" dir="auto">
							{seen.card.name}
						</strong>{' '}
						<span class="faint foreign" dir="auto">
							{seen.path}
						</span>
					</p>
				)}
				<Buttons id={id} isThere={seen?.picture !== undefined} problem={problem} />
			</div>
			{problem.value !== undefined && <Problem text={problem.value} />}
			{seen && <ChangedFile name={seen.card.name} />}
		</div>
	);
}

function faultOf(seen: DetailView | undefined): string | undefined {
	if (!seen || (seen.picture && !unreadable.value.has(seen.picture.uri))) return seen?.problem;
	return seen.problem ?? (seen.card.isMissing ? l10n.t('Its file is gone.') : l10n.t('The picture cannot be shown.'));
}

interface ButtonsProps {
	readonly id: string;
	readonly isThere: boolean;
	readonly problem: Signal<string | undefined>;
}

function Buttons({ id, isThere, problem }: ButtonsProps) {
	return (
		<div class="buttons">
			<button type="button" class="button" onClick={() => void pickSource(problem)}>
				{l10n.t('Another Picture…')}
			</button>
			{isThere && (
				<ActionButton
					icon="insert"
					text={l10n.t('Insert at the Cursor')}
					isBare
					onPress={() => void insertPicture(id, problem)}
				/>
			)}
		</div>
	);
}

function Problem({ text }: { readonly text: string }) {
	return (
		<div class="banner error" role="alert">
			<Icon name="error" />
			<p class="foreign">{text}</p>
		</div>
	);
}

import { host, state } from '../connection';
import { Icon } from '../icon';
import { query } from '../kept';
import { show } from '../navigation';
import { l10n } from '../words';
import { ActionButton } from './actionButton';
import { clearFilters, isFiltered } from './filters';
import { isSideBar } from './place';

/** Where no picture is to be seen: why, and what can be done. */
export function Empty() {
	const { gallery, hasFolder } = state.value ?? {};
	if (gallery?.isLoading) return null;
	if (query.value.source === 'all' && !hasFolder) return <NoFolder />;
	return isFiltered(query.value) ? <NoMatch /> : <NoPictures />;
}

function NoFolder() {
	return (
		<div class="empty">
			<Icon name="folder" />
			<h2>{l10n.t('No folder is open')}</h2>
			<p>{l10n.t('Open one to see all pictures in it.')}</p>
			<div class="buttons">
				<ActionButton
					icon="folder-opened"
					text={l10n.t('Open Folder')}
					isPrimary
					onPress={() => void host.call('does', { action: 'openFolder' })}
				/>
				<ShowMade />
			</div>
		</div>
	);
}

function NoMatch() {
	return (
		<div class="empty">
			<Icon name="search" />
			<h2>{l10n.t('No picture matches')}</h2>
			<p>{l10n.t('Look for fewer words, or leave out a filter.')}</p>
			<div class="buttons">
				<ActionButton icon="clear-all" text={l10n.t('Clear Filters')} onPress={clearFilters} />
			</div>
		</div>
	);
}

function NoPictures() {
	const isMade = query.value.source === 'made';
	return (
		<div class="empty">
			<Icon name="file-media" />
			<h2>{l10n.t('No pictures yet')}</h2>
			<p>
				{isMade
					? l10n.t('The pictures that Limn makes in this workspace are shown here.')
					: l10n.t('There is no picture in this workspace.')}
			</p>
			<div class="buttons">
				<ActionButton icon="sparkle" text={l10n.t('Create One')} isPrimary onPress={create} />
				{isMade ? (
					<ActionButton
						icon="folder"
						text={l10n.t('Show All in Workspace')}
						onPress={() => (query.value = { ...query.peek(), source: 'all' })}
					/>
				) : (
					<ShowMade />
				)}
			</div>
		</div>
	);
}

function create(): void {
	if (isSideBar) void host.call('does', { action: 'openStudio' });
	else show({ view: 'create' });
}

function ShowMade() {
	return (
		<ActionButton
			icon="history"
			text={l10n.t('Show Those Made Here')}
			onPress={() => (query.value = { ...query.peek(), source: 'made' })}
		/>
	);
}

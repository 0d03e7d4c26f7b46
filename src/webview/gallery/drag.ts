import { l10n } from '../words';
import { said } from './actions';
import { known } from './cards';
import { inOrder } from './pictures';
import { idOf } from './choosing';
import { selected } from './selection';

/**
 * Gives the editor the addresses of the picture that is dragged; of all that are selected, if it is one of them. Files that are
 * gone are left out. Of so many that not all are known here it is the one alone: rather that than some at random.
 */
export function drag(started: DragEvent): void {
	const id = idOf(started);
	if (id === undefined || !started.dataTransfer) return;
	const meant = selected.peek().has(id) ? inOrder(selected.peek()) : [id];
	const areKnown = meant.every((one) => known(one).peek());
	const files = (areKnown ? meant : [id]).flatMap((one) => known(one).peek()?.card.file || []);
	if (files.length === 0) started.preventDefault();
	started.dataTransfer.effectAllowed = 'copy';
	for (const type of ['text/uri-list', 'application/vnd.code.uri-list'])
		started.dataTransfer.setData(type, files.join('\r\n'));
	started.dataTransfer.setData('text/plain', files.join('\n'));
	said.value =
		files.length < meant.length ? { text: shortText(files.length, meant.length), isProblem: false } : undefined;
}

function shortText(files: number, meant: number): string {
	return l10n.t('Of {0} pictures, only {1} can be dragged.', meant.toLocaleString(), files.toLocaleString());
}

// `npm run package` ends with this: a package in which something looks like a key is taken away again, and the build fails.
import { readFileSync, rmSync } from 'node:fs';
import { keyLikeIn } from '../laws/keyLike';
import { unpacked } from '../laws/vsix';

const [, , file = 'limn.vsix'] = process.argv;
const found = Array.from(unpacked(readFileSync(file))).filter(
	([, content]) => keyLikeIn(content.toString('latin1')) !== undefined,
);
for (const [name] of found) console.error(`${name} holds what looks like a key. Take it out, then build again.`);
if (found.length > 0) {
	rmSync(file);
	process.exitCode = 1;
}

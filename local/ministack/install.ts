import path from 'node:path';
import { folderOf, installPythonPackage, type InstallOptions } from '../parts/pythonPackage';

const MINISTACK = { title: 'MiniStack', name: 'ministack', requirements: path.join(__dirname, 'requirements.txt') };

/** Where an installed MiniStack lives. */
export const ministackDir = (partsDir: string): Promise<string> => folderOf(MINISTACK, partsDir);

/** Installs MiniStack, unless it is there. */
export const installMinistack = (options: InstallOptions): Promise<string> => installPythonPackage(MINISTACK, options);

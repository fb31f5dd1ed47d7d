import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiText } from '../contracts/openapi/document';

/** `npm run openapi`: writes docs/openapi.json anew. */
writeFileSync(join(__dirname, '../docs/openapi.json'), openApiText());

import { mavenRepository } from '../../../local/parts/mavenRepository';

const settings = (mirrorOf: string): string => `<settings><mirrors><mirror><mirrorOf>${mirrorOf}</mirrorOf><url>https://mirror.example/maven/</url></mirror></mirrors></settings>`;

test('a mirror of Maven Central in Maven’s settings is used', async () => {
  expect(await mavenRepository(settings('central'))).toBe('https://mirror.example/maven');
  expect(await mavenRepository(settings('other,*'))).toBe('https://mirror.example/maven');
});

test('a mirror of another repository is not', async () => {
  expect(await mavenRepository(settings('other'))).toBe('https://repo1.maven.org/maven2');
});

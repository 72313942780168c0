/** HTML with metadata in front, as the reading of issues knows it; JSON’s strings are strings of YAML too. */
export function asPage(metadata: Readonly<Record<string, string | undefined>>, text: string): Uint8Array {
  const lines = Object.entries(metadata).flatMap(([key, value]) => (value ? [`${key}: ${JSON.stringify(value)}`] : []));
  return Buffer.from(lines.length > 0 ? `---\n${lines.join('\n')}\n---\n${text}` : text);
}

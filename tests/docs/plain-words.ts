/**
 * Words in the names of exported types that need no explanation: plain English, or what every programmer calls so. A word that means
 * something of its own here belongs into `docs/vocabulary.md`.
 */
export const plainWords: readonly string[] = [
  // Plain English.
  ...'account act action adding again alignment answer assembly at attempts before beside body called cause change check checked child chosen'.split(
    ' ',
  ),
  ...'claim closed confirmation confirmed confirming cost count counted current data date day decoded dry due editorial ended expression extra fact failure'.split(
    ' ',
  ),
  ...'fault find finding finishing fitted fitting form format found guess hint history home imported in keep kind leaving left letter life limit'.split(
    ' ',
  ),
  ...'language listed log mail management many mark my named neighbour new newsletter next not no now number numbered of off on one open opened order own outlined'.split(
    ' ',
  ),
  ...'page part picture plural preference preview priced progress question raw read reading reason received recipient record reply request'.split(
    ' ',
  ),
  ...'requested return sample scale schedule section sender sending settlement severity shape shared shown site sleep split started'.split(
    ' ',
  ),
  ...'store style submit submitting subscription sum summary table tagged taken take test text title titled to told too total tree tried written'.split(
    ' ',
  ),
  ...'comparison repeat restored value detail skip name did delivered chart trouble update upcoming verify verdict view waking walked wanted watch way whole with write yet'.split(
    ' ',
  ),
  ...'announce type compose hash json lineage missed month moving server noticed outweighed plain post purpose resolved stamper weekday xml'.split(
    ' ',
  ),
  // Programming, HTTP, HTML, pictures and tables.
  ...'api authentication aws bucket call cell clean code column config content context element email encoding entry error field file flow html http'.split(
    ' ',
  ),
  ...'image index input internet ip address message meta metadata meter multipart node outgoing pixel plot public queue range refuse'.split(
    ' ',
  ),
  ...'render rendered response row send ses session source span splitter sqs state template timeout transfer upload uploaded user pool wait'.split(
    ' ',
  ),
  // Since when what a mailbox says counts: the type waits for a better name.
  'standing',
  ...'acquittal acquitted bounce audit by catch deliver download downloaded fetch held mailer rejection settling warning'.split(' '),
];

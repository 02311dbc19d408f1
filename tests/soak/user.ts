// Somebody who picks files in handfuls, holds some up, stops some and thinks better of it.
import type { Item, Widget } from '../browser/widget.ts';
import type { Chance } from '../support/random.ts';

type Verb = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

const ON_THE_WAY = ['queued', 'starting', 'uploading', 'completing'];

export class User {
  readonly did: Record<string, number> = {};
  #widget;
  #chance;

  constructor(widget: Widget, chance: Chance) {
    this.#widget = widget;
    this.#chance = chance;
  }

  /** Does one thing, or nothing. */
  async act(items: Item[]) {
    const onTheWay = items.filter((item) => ON_THE_WAY.includes(item.phase));
    const paused = items.filter((item) => item.hold === 'paused');
    const canceled = items.filter((item) => item.phase === 'canceled');
    switch (this.#chance.between(1, 6)) {
      case 1:
        return this.#one('pause', onTheWay);
      case 2:
        return this.#one('cancel', onTheWay);
      case 3:
        return this.#one('retry', canceled);
      case 4:
      case 5:
        return this.#one('resume', paused);
    }
  }

  all(verb: Verb, items: Item[]) {
    return this.#do(verb, items);
  }

  #one(verb: Verb, items: Item[]) {
    return this.#do(verb, items.length > 0 ? [this.#chance.pick(items)] : []);
  }

  async #do(verb: Verb, items: Item[]) {
    this.did[verb] = (this.did[verb] ?? 0) + items.length;
    await this.#widget.host.evaluate(
      (host, [verb, ids, phases]) => {
        const rows = (host as unknown as { items: Item[] }).items;
        for (const id of ids) {
          // What has been sent meanwhile would be deleted by a cancel: that is not what is meant.
          if (verb === 'cancel' && !phases.includes(rows.find((row) => row.id === id)?.phase ?? '')) continue;
          (host as unknown as Record<Verb, (id: number) => void>)[verb](id);
        }
      },
      [verb, items.map((item) => item.id), ON_THE_WAY] as const,
    );
  }
}

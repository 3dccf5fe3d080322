import { describe, expect, it } from 'vitest';
import { Store } from './store.ts';

describe('a store', () => {
  it('finds the value that is there already', async () => {
    await expect(new Store(3).when((value) => value > 2)).resolves.toBe(3);
  });

  it('finds the first value that comes, and no later one', async () => {
    const store = new Store(0);
    const found = store.when((value) => value > 2);
    store.set(1);
    store.set(5);
    store.set(9);
    await expect(found).resolves.toBe(5);
  });
});

import { describe, expect, it } from 'vitest';
import { askedBy } from './draft.ts';

describe('askedBy', () => {
  it('trims what was written and leaves out what was not', () => {
    expect(askedBy('  What  bends\nlight? ', ['', ' A lens ', '  ', 'A mirror', ''])).toEqual({
      question: 'What bends light?',
      options: ['A lens', 'A mirror'],
    });
  });

  it('says what is missing, and where', () => {
    expect(askedBy(' ', ['a', 'b'])).toEqual({
      words: 'Write the question first.',
      at: 'question',
    });
    expect(askedBy('?', ['a', ' '])).toEqual({
      words: 'Give at least two answers to choose from.',
      at: 1,
    });
    expect(askedBy('?', ['', '', 'b'])).toMatchObject({ at: 0 });
  });

  it('refuses the same answer twice, but a letter’s size may be the difference', () => {
    expect(askedBy('?', ['Yes', 'No', ' Yes'])).toEqual({
      words: '“Yes” is there twice: change one of the two.',
      at: 2,
    });
    expect(askedBy('Which unit?', ['mA', 'MA'])).toMatchObject({ options: ['mA', 'MA'] });
  });
});

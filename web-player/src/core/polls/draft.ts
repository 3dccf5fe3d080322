/** The server refuses longer ones, and more of them. */
export const LONGEST_QUESTION = 300;
export const LONGEST_OPTION = 100;
export const FEWEST_OPTIONS = 2;
export const MOST_OPTIONS = 8;

export interface Asked {
  readonly question: string;
  readonly options: readonly string[];
}

/** What is not right with a draft, for who wrote it. */
export interface Wrong {
  readonly words: string;
  /** The field to go to: an answer by its place in the form. */
  readonly at: 'question' | number;
}

/** What is asked of the class, or why it cannot be: answers that were left empty do not count. */
export function askedBy(question: string, options: readonly string[]): Asked | Wrong {
  const whole = tidy(question);
  if (!whole) {
    return { words: 'Write the question first.', at: 'question' };
  }
  const answers = options.map(tidy);
  const twice = answers.findIndex((answer, index) => answer && answers.indexOf(answer) < index);
  if (twice >= 0) {
    return { words: `“${answers[twice]}” is there twice: change one of the two.`, at: twice };
  }
  const given = answers.filter((answer) => answer);
  if (given.length < FEWEST_OPTIONS) {
    return {
      words: 'Give at least two answers to choose from.',
      at: Math.max(0, answers.indexOf('')),
    };
  }
  return { question: whole, options: given };
}

export function isWrong(draft: Asked | Wrong): draft is Wrong {
  return 'words' in draft;
}

function tidy(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

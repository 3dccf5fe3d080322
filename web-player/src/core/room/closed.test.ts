import { describe, expect, it } from 'vitest';
import { closedBy, sentAway } from './closed.ts';

const refusal = (status: number, code = '', message = 'The server said so.') => ({
  status,
  code,
  message,
});

describe('a page that does not open', () => {
  it('says in no case anything of tokens, rooms or the API', () => {
    const said = [404, 401, 403].flatMap((status) =>
      [true, false].map((own) => closedBy(refusal(status, 'x', 'token room API'), own)),
    );
    expect(JSON.stringify(said)).not.toMatch(/token|room|API/);
  });

  it('tells a link that is old from one that is wrong, and from none', () => {
    expect(closedBy(refusal(401, 'expired'), true).heading).toBe('Your link has expired');
    expect(closedBy(refusal(401, 'unauthorized'), true).heading).toContain('does not work');
    expect(closedBy(refusal(401, 'unauthorized'), false).heading).toContain('not open');
  });

  it('leaves it to the server to say what else there is', () => {
    expect(closedBy(refusal(0, 'unreachable'), false).text).toBe('The server said so.');
    expect(closedBy(refusal(503), true).text).toBe('The server said so.');
  });
});

describe('a visit that was ended', () => {
  it('is told with the reason that was given', () => {
    expect(sentAway('removed', 'Too loud.')).toEqual({
      heading: 'You were removed',
      text: 'Too loud.',
    });
    expect(sentAway('removed', '')?.text).toContain('A teacher');
    expect(sentAway('replaced', 'x')?.heading).toContain('somewhere else');
  });

  it('is no such thing when the class is over or one left', () => {
    expect(sentAway('ended', '')).toBeNull();
    expect(sentAway('left', '')).toBeNull();
  });
});

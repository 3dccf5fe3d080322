import { css } from 'lit';

/** Where else the class goes, one below the other, and the form for another place. */
export const pushesStyles = css`
  section {
    display: grid;
    gap: 12px;
    margin-top: 18px;
  }
  h3 {
    font-size: 15px;
  }
  .places {
    display: grid;
    gap: 8px;
    border-radius: 12px;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
    gap: 2px 12px;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--raised);
  }
  li button {
    grid-row: span 2;
    background: var(--hover);
  }
  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .standing {
    display: flex;
    align-items: baseline;
    gap: 8px;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }
  .standing::before {
    content: '';
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--soft);
  }
  .good::before {
    background: var(--ok);
  }
  .bad::before {
    background: var(--live-text);
  }
  .why,
  .address {
    grid-column: 1 / -1;
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  form {
    display: grid;
    gap: 12px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  .hint {
    font-size: 13px;
  }
  form button {
    justify-self: start;
  }
  @media (max-width: 480px) {
    .pair {
      grid-template-columns: 1fr;
    }
    form button {
      justify-self: stretch;
    }
  }
`;

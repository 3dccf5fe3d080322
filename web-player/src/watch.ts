import './dom/page.css';
import './dom/amphi-watch.ts';

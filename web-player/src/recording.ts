import './dom/page.css';
import './dom/amphi-recording.ts';

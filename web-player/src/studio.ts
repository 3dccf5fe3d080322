import './dom/page.css';
import './dom/amphi-studio.ts';

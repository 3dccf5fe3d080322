import './dom/page.css';
import './dom/amphi-landing.ts';

import { website } from '../stages/environments';
import { websiteApp } from './website-app';

websiteApp(website).synth();

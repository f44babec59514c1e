"""Tools for authors of outlets: propose a spider, record listings, examine an outlet live, read pages again."""

"""The charts, as the server draws them: view models with every place worked out, which templates write as
SVG.

They are drawn here and not in the browser so that a page without scripts has them too, prints them, and is
the same each time. What a browser adds (a line that tells what one points at, arrow keys, zooming) stands in
``static/js/charts.js``. All numbers are in units of the drawing, which a browser scales to the page.
"""

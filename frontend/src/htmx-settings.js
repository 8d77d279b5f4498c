// Follows htmx in the same file: nothing may be evaluated, and no style element may be added.
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;

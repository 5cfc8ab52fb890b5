"""Charts: frozen specifications that lay themselves out (`shapes`) and are drawn by `render`."""

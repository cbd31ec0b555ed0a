"""Every way in: command line, web page, HTTP."""

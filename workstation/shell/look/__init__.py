"""The look: colours by day and by night, the style sheet, the icons."""

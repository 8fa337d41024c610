"""What comes and goes as a file: photographs, evidence files, pages for printing, rows for a spreadsheet."""

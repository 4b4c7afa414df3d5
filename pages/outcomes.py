from orgdata.ui import frame

view = frame.enter("outcomes")

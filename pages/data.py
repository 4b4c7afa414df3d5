from orgdata.ui import frame

view = frame.enter("data")
